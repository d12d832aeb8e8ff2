/** Rows pulled together, and how the source is after them. */
export interface Pulled<Row> {
  readonly rows: readonly Row[];
  readonly exhausted: boolean;
  /** What the source threw after these rows. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** A source of rows that is opened when the first row is wanted. */
export interface Source<Row> {
  /** The next rows, `count` of them unless the source ends before. */
  pull(count: number): Pulled<Row> | Promise<Pulled<Row>>;
  /** Tells the source that no more rows are wanted, once; does nothing where it has ended by itself. */
  close(): Promise<void>;
}

/** Rows from an iterable or async iterable. */
export function createSource<Row>(rows: Iterable<Row> | AsyncIterable<Row>): Source<Row> {
  return Symbol.asyncIterator in rows
    ? createAsyncSource(() => rows[Symbol.asyncIterator]())
    : createSyncSource(() => rows[Symbol.iterator]());
}

function createSyncSource<Row>(open: () => Iterator<Row>): Source<Row> {
  let iterator: Iterator<Row> | undefined;
  let ended = false;
  return {
    pull(count) {
      const rows: Row[] = [];
      try {
        iterator ??= open();
        while (rows.length < count && !ended) {
          const item = iterator.next();
          if (item.done === true) ended = true;
          else rows.push(item.value);
        }
        return { rows, exhausted: ended, failure: undefined };
      } catch (error) {
        ended = true;
        return { rows, exhausted: true, failure: { error } };
      }
    },
    close: once(async () => {
      if (ended) return;
      ended = true;
      iterator ??= open();
      iterator.return?.();
    }),
  };
}

function createAsyncSource<Row>(open: () => AsyncIterator<Row>): Source<Row> {
  let iterator: AsyncIterator<Row> | undefined;
  let ended = false;
  return {
    async pull(count) {
      const rows: Row[] = [];
      try {
        iterator ??= open();
        while (rows.length < count && !ended) {
          const item = await iterator.next();
          if (item.done === true) ended = true;
          else rows.push(item.value);
        }
        return { rows, exhausted: ended, failure: undefined };
      } catch (error) {
        ended = true;
        return { rows, exhausted: true, failure: { error } };
      }
    },
    close: once(async () => {
      if (ended) return;
      ended = true;
      iterator ??= open();
      await iterator.return?.();
    }),
  };
}

/** Whoever closes a source, everybody waits for the same closing. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}
