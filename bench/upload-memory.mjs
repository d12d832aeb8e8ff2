import { createImageClient, pictures } from "./image-client.mjs";

/*
 * Uploads a batch of pictures and says the peak of this process's memory before and after, in bytes.
 */

const [url, batch] = process.argv.slice(2);
const client = createImageClient(true, { url });
const image = pictures(Number(batch));
// What is loaded, compiled and connected, and the room that V8 takes for what is short-lived, is not the body's: the
// same number of bytes goes out in small bodies first.
const small = { image: pictures(2) };
for (let sent = 0; sent < Number(batch); sent += 2) await client.predict(small);
const before = process.resourceUsage().maxRSS * 1024;
await client.predict({ image });
const after = process.resourceUsage().maxRSS * 1024;
process.send({ before, after });
process.disconnect();
