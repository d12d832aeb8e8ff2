import { createDraw } from "./seed.js";
import { optionError } from "../errors.js";
import type { MockFailure } from "./mock-types.js";

/** Says of each call whether it is to fail, and how. */
export interface FailurePlan {
  /** The failure of the next call, or undefined where it is to be answered. */
  next(): MockFailure | undefined;
}

/**
 * Failures looked through in their order at each call. Whether one that has a rate applies follows from `seed`, its
 * place and the number of the call; throws `bad-options` for what no reply can be.
 */
export function planFailures(failures: readonly MockFailure[], seed: number | string): FailurePlan {
  const given: unknown = failures;
  if (!Array.isArray(given)) throw optionError("failures", "a list of failures", given);
  const states = failures.map((failure, place) => {
    checkFailure(failure, `failures[${place}]`);
    const draw = createDraw(seed, "failures", place);
    return { failure, draw, left: failure.times ?? Infinity };
  });
  return {
    next() {
      // Each draws at every call, so that which calls it hits does not depend on those before it in the list.
      const hits = states.map((state) => state.draw.next() < (state.failure.rate ?? 1));
      const found = states.find((state, place) => hits[place] === true && state.left > 0);
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.failure;
    },
  };
}

/** What a platform throws where nothing listens at the address: clients report its code, and servers close the line. */
export function unreachable(): Error {
  const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  return Object.assign(new TypeError("fetch failed", { cause }), { code: cause.code });
}

function checkFailure(failure: unknown, name: string): void {
  if (typeof failure !== "object" || failure === null) throw optionError(name, "a failure", failure);
  const given: Readonly<Record<string, unknown>> = { ...failure };
  const { status, rate = 1, times = Infinity, retryAfter = 0 } = given;
  const isStatus = isNumberIn(status, 400, 599) && Number.isInteger(status);
  if (!isStatus && status !== "unreachable") {
    throw optionError(`${name}.status`, 'an HTTP status from 400 to 599 or "unreachable"', status);
  }
  if (!isNumberIn(rate, 0, 1)) throw optionError(`${name}.rate`, "a number from 0 to 1", rate);
  const isCount = isNumberIn(times, 0, Infinity) && (Number.isInteger(times) || times === Infinity);
  if (!isCount) throw optionError(`${name}.times`, "a whole number from 0 on", times);
  if (!isNumberIn(retryAfter, 0, 1e9)) {
    throw optionError(`${name}.retryAfter`, "a number of seconds from 0 on", retryAfter);
  }
}

function isNumberIn(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && value >= min && value <= max;
}
