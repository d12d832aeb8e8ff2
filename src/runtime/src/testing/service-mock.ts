/*
 * A service that OpenAPI describes, answering from memory: requests are held to the description in all points, and
 * refused as FastAPI refuses them, whose words most services of models have.
 */
import type { MemoryRequest } from "../http/memory-transport.js";
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
  const context = { auth, shapes, seed };
  return {
    auth,
    refusal(status, why, request) {
      const { route } = router(request.method, urlOf(request));
      return plainRefusal({ status, why }, route?.operation, context);
    },
    async answer(request) {
      const url = urlOf(request);
      const found = router(request.method, url);
      if (found.route === undefined)
        return found.allow.length === 0 ? detailReply(404, "Not Found") : wrongMethod(found.allow);
      const { name, operation, path } = found.route;
      const reading = readInput(request, operation, { shapes, url, path, reserved });
      if ("status" in reading) return detailReply(reading.status, reading.why);
      if ("faults" in reading) return faultsReply(reading.faults, operation, context);
      const call = { name, operation, input: reading.input };
      const answer = answerOf(name);
      if (answer === undefined) return seededReply(call, { seed, shapes });
      return await givenReply(await answer(reading.input), call, shapes);
    },
  };
}

function urlOf({ url }: MemoryRequest): URL {
  return new URL(url, "http://mock.invalid");
}
