import { createClient as createPriceClient, DeploymentError, isDeploymentError } from "@example/house-price";
import {
  createClient as createMoodClient,
  DeploymentError as SameError,
  topLabel,
} from "@example/review-mood";
import type { Input as House } from "@example/house-price";

const { PRICE_URL = "", MOOD_URL = "", TOKEN = "" } = process.env;
const prices = createPriceClient({ url: PRICE_URL, token: TOKEN });
const moods = createMoodClient({ url: MOOD_URL, token: TOKEN });

const house: House = { area: 80, district: "old town" };
const [{ price }, { mood }] = await Promise.all([
  prices.predict(house),
  moods.predict({ review: "What a house!" }),
]);

// Whichever client fails, one question is enough: both have the same runtime.
const failure = await moods
  .predict({ review: "" }, { signal: AbortSignal.abort() })
  .catch((error: unknown) => error);

console.log(
  JSON.stringify({
    price,
    mood: topLabel(mood),
    failure: isDeploymentError(failure, "aborted"),
    oneRuntime: DeploymentError === SameError && failure instanceof DeploymentError,
  }),
);
