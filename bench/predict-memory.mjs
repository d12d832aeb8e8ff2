import { createClient } from "animal-weight";
import { rowOf } from "./predict.mjs";

/*
 * Streams rows that are in memory through a client, and says how many came back in a second.
 */

const [url, token, count, batchSize, concurrency] = process.argv.slice(2);
const rows = Array.from({ length: Number(count) }, (_, index) => rowOf(index));
const client = createClient({ url, token });
const options = { batchSize: Number(batchSize), concurrency: Number(concurrency) };

const start = performance.now();
let received = 0;
for await (const { Weight } of client.predictStream(rows, options))
  if (Number.isFinite(Weight)) received += 1;
const seconds = (performance.now() - start) / 1000;
if (received !== rows.length) throw new Error(`${received} of ${rows.length} rows came back.`);
process.send(received / seconds);
process.disconnect();
