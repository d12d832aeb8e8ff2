/** What `promise` rejects with; fails the test where it does not. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    (value) => {
      throw new Error(`Nothing was thrown, but this came: ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
