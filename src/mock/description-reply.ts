import type { WholeReply } from "./mock-call.js";

/** A description's text under the name of its file. */
export interface DescriptionFile {
  readonly name: string;
  readonly text: string;
}

/** The description in reply to a path that ends in the name of one of its files, whatever stands before it. */
export function createDescriptionReply(
  files: readonly DescriptionFile[],
): (path: string) => WholeReply | undefined {
  const replies = new Map(files.map(({ name, text }) => [name, replyWith(name, text)]));
  return (path) => {
    const [place = ""] = path.split(/[?#]/, 1);
    return replies.get(place.slice(place.lastIndexOf("/") + 1));
  };
}

function replyWith(name: string, text: string): WholeReply {
  const type = name.endsWith(".yaml") ? "application/yaml" : "application/json";
  return { status: 200, headers: { "content-type": type }, body: Buffer.from(text) };
}
