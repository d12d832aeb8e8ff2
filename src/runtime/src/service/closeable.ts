/**
 * The items of `source`, which begins at the first of them. Returning the iterator aborts the signal and so ends an item
 * that is being waited for, which then counts as the end.
 */
export function closeable<Item>(
  source: (signal: AbortSignal) => AsyncGenerator<Item, void, undefined>,
): AsyncIterableIterator<Item> {
  const controller = new AbortController();
  const items = source(controller.signal);
  const end: IteratorReturnResult<undefined> = { done: true, value: undefined };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (controller.signal.aborted) return end;
      try {
        const item = await items.next();
        return item.done === true ? end : item;
      } catch (error) {
        if (controller.signal.aborted) return end;
        throw error;
      }
    },
    async return() {
      controller.abort();
      await items.return(undefined).catch(() => undefined);
      return end;
    },
  };
}
