import { createClient as createAnimalClient, isDeploymentError } from "animal-weight";
import { createClient as createDigitsClient, ndarray, topLabel } from "digits-and-grids-npy";

/** Where both deployments answer, and what they ask for. */
export interface Addresses {
  readonly animal: string;
  readonly digits: string;
  readonly token: string;
}

/** What a program of a user's got: the same on every platform. */
export interface Predicted {
  readonly weight: number;
  readonly many: readonly number[];
  readonly streamed: readonly number[];
  readonly digit: string;
  readonly heat: readonly number[];
  readonly heatShape: readonly number[];
  readonly cleaned: string;
  readonly codes: readonly string[];
}

/** Numbers and labels, then a picture with arrays that go as `.npy` files; then what each side refuses. */
export async function predictAll({ animal, digits, token }: Addresses): Promise<Predicted> {
  const animals = createAnimalClient({ url: animal, token });
  const { Weight } = await animals.predict({ Type: "animal", Sound: "miaow", Size: 0.5 });
  const rows = [1, 2, 3].map((Size) => ({ Type: "human" as const, Sound: "moo" as const, Size }));
  const many = await animals.predictMany(rows);
  const streamed: number[] = [];
  for await (const row of animals.predictStream(rows, { batchSize: 2 })) streamed.push(row.Weight);

  const row = {
    "Image Feature": oneBlackPixel,
    "features.npy_0": new Float32Array(300),
    vector: [1, 2, 3, 4, 5],
    mask: ndarray([2, 2], Float32Array.of(0.25, 0.5, 0.75, 1)),
    caption: "naïve – №",
  };
  const output = await createDigitsClient({ url: digits, token }).predict(row);

  const wrongToken = createAnimalClient({ url: animal, token: "wrong", retry: false });
  return {
    weight: Weight,
    many: many.map((one) => one.Weight),
    streamed,
    digit: topLabel(output.digit),
    heat: Array.from(output["heat map"].data),
    heatShape: output["heat map"].shape,
    cleaned: output.cleaned.toDataUrl(),
    codes: [
      await codeOf(animals.predict({ Type: "animal", Sound: "moo", Size: Number.NaN })),
      await codeOf(wrongToken.predict({ Type: "animal", Sound: "moo", Size: 1 })),
    ],
  };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "none";
  } catch (error) {
    return isDeploymentError(error) ? error.code : String(error);
  }
}

/** A PNG file of one pixel, as a page or a database may hand it on. */
const oneBlackPixel =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC";
