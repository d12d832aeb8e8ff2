import { DeploymentError, shown } from "../errors.js";
import { readEvents } from "../http/event-stream.js";
import { isRecord, ownMember } from "../own-member.js";
import { readRoot, throwIfFailed, toPrediction } from "./prediction.js";
import type { OutputNews } from "./read-output.js";

/**
 * News from the events of a Cog server: `output` has an item, `completed` the whole prediction. What is logged and
 * measured is passed over. Throws the prediction's own error, or `connection` where the events end before it does.
 */
export async function* readServerNews(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<OutputNews, void, undefined> {
  for await (const { type, data } of readEvents(chunks)) {
    if (type === "error") throw cut(`: ${shown(data, 300)}`);
    if (type !== "output" && type !== "completed") continue;
    const root = readRoot({ bytes: new TextEncoder().encode(data) });
    if (type === "completed") {
      const prediction = toPrediction(root);
      throwIfFailed(prediction);
      yield { output: prediction.output, final: true };
      return;
    }
    if (!isRecord(root))
      throw new DeploymentError("bad-reply", `The reply has ${shown(root)} for an output event.`);
    yield { item: ownMember(root, "chunk") };
  }
  throw cut("");
}

function cut(why: string): DeploymentError {
  return new DeploymentError(
    "connection",
    `The stream of the prediction ended before the prediction did${why}.`,
  );
}
