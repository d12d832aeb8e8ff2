import { createServer } from "node:http";

/*
 * The deployment that the benchmarks call, in a process of its own: it says its port and ends with its parent.
 * `/forward` reads rows and answers one for each, after `?wait=` milliseconds; `/sink` takes any body and answers one.
 */

function answer(response, text) {
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  if (pathname === "/sink") {
    request.on("data", () => undefined);
    request.on("end", () => answer(response, '{"rows":[{"Weight":1}]}'));
    return;
  }
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { rows } = JSON.parse(Buffer.concat(chunks).toString());
    const text = JSON.stringify({ rows: rows.map(({ Size }) => ({ Weight: Size * 10 })) });
    const wait = Number(searchParams.get("wait") ?? 0);
    if (wait === 0) answer(response, text);
    else setTimeout(() => answer(response, text), wait);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit(0));
