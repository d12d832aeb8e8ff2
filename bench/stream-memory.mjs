import { createClient } from "animal-weight";

/*
 * Streams rows through a client and says the peak of this process's memory, in bytes.
 */

const [url, count] = process.argv.slice(2);

function* animals() {
  for (let index = 0; index < Number(count); index += 1)
    yield { Type: "animal", Sound: "miaow", Size: index };
}

let received = 0;
const replies = createClient({ url }).predictStream(animals(), { batchSize: 128, concurrency: 16 });
for await (const { Weight } of replies) if (Weight === received * 10) received += 1;
if (received !== Number(count)) throw new Error(`${received} of ${count} rows came back in order.`);
process.send(process.resourceUsage().maxRSS * 1024);
process.disconnect();
