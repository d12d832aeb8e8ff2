import type { Server } from "node:http";
import { GenDeployError } from "../gen-deploy-error.js";

/** Where a server is to listen: at a port, or at the first free one from a port on. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly orNext: boolean;
}

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`, as a caller on this machine writes it. */
  readonly origin: string;
}

/** How many ports are tried where any will do. */
const tries = 100;

/** Has the server listen; throws a `GenDeployError` where it cannot. */
export async function listenAt(server: Server, { host, port, orNext }: Place): Promise<Address> {
  for (let next = port; ; next += 1) {
    const code = await listen(server, host, next);
    if (code === undefined) break;
    // Ports that are not ours to take, as those of other users are, count as taken.
    const isTaken = code === "EADDRINUSE" || code === "EACCES";
    if (isTaken && orNext && next < port + tries && next < 65_535) continue;
    throw refusal(code, host, next);
  }
  const bound = server.address();
  const real = typeof bound === "object" && bound !== null ? bound.port : port;
  return { host, port: real, origin: `http://${reachable(host)}:${real}` };
}

/** The code of what went wrong, or undefined where nothing did. */
function listen(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const settle = (error?: Error): void => {
      server.off("error", settle);
      server.off("listening", settle);
      resolve(error === undefined ? undefined : "code" in error ? String(error.code) : "unknown");
    };
    server.once("error", settle);
    server.once("listening", settle);
    server.listen(port, host);
  });
}

/** Addresses that mean all of the machine's are no place to call. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::" || host === "") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function refusal(code: string, host: string, port: number): GenDeployError {
  if (code === "EADDRINUSE")
    return new GenDeployError("mock/port-in-use", `Port ${port} of ${host} is in use.`, {
      hint: "Give another --port, or 0 for any that is free.",
    });
  if (code === "EACCES")
    return new GenDeployError("mock/cannot-listen", `Port ${port} may not be listened to.`, {
      hint: "Give a --port from 1024 on.",
    });
  return new GenDeployError("mock/cannot-listen", `${host} cannot be listened to (${code}).`, {
    hint: "Give a --host that is an address of this machine.",
  });
}
