/*
 * A service that OpenAPI describes, answering from memory: requests are held to the description in all points, and
 * refused as FastAPI refuses them, whose words most services of models have.
 */
import type { MockedSystem } from "./mock-types.js";
import { givenReply, seededReply } from "./service-answers.js";
import { readInput } from "./service-input.js";
import { detailReply, faultsReply, plainRefusal, wrongMethod } from "./service-refusals.js";
import { createRouter } from "./service-routes.js";
import type { MockedService } from "./service-types.js";

/** What the answers of a service are made of. */
export interface ServiceSource {
  readonly seed: number | string;
  /** The user's function for an operation; undefined where the seed says its answers. */
  answerOf(name: string): ((input: unknown) => unknown) | undefined;
}

/** The half of a mock that is a service's own. */
export function createServiceSystem(
  deployment: MockedService,
  { seed, answerOf }: ServiceSource,
): MockedSystem {
  const { auth, shapes, operations, url: address } = deployment;
  const router = createRouter(operations, address);
  const reserved = auth.flatMap((scheme) =>
    scheme.kind === "api-key" && scheme.in === "query" ? [scheme.name] : [],
  );
  return {
    auth,
    refusal: (status, why) => plainRefusal(status, why, auth),
    async answer(request) {
      const url = new URL(request.url, "http://mock.invalid");
      const found = router(request.method, url);
      if (found.route === undefined)
        return found.allow.length === 0 ? detailReply(404, "Not Found") : wrongMethod(found.allow);
      const { name, operation, path } = found.route;
      const reading = readInput(request, operation, { shapes, url, path, reserved });
      if ("status" in reading) return detailReply(reading.status, reading.why);
      if ("faults" in reading) return faultsReply(reading.faults, operation.replies, { shapes, seed });
      const call = { name, operation, input: reading.input };
      const answer = answerOf(name);
      if (answer === undefined) return seededReply(call, { seed, shapes });
      return await givenReply(await answer(reading.input), call, shapes);
    },
  };
}
