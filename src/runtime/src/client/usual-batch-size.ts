/** Rows in one request where neither the system nor the caller says otherwise. */
export const usualBatchSize = 128;
