import { createClient, isDeploymentError, ranked, topLabel } from "digits-and-grids-npy";

/** The address and the token stand in the page's own: `?url=…&token=…`. */
const settings = new URL(location.href).searchParams;
const client = createClient({ url: settings.get("url") ?? "", token: settings.get("token") ?? "" });

const picker = found("#picture", HTMLInputElement);
picker.addEventListener("change", () => {
  const [picture] = picker.files ?? [];
  if (picture !== undefined) void show(picture);
});

async function show(picture: File): Promise<void> {
  found("#picked", HTMLImageElement).src = URL.createObjectURL(picture);
  const result = found("#result", HTMLParagraphElement);
  try {
    const { digit, cleaned } = await client.predict({
      "Image Feature": picture,
      "features.npy_0": new Float32Array(300),
      vector: [1, 2, 3, 4, 5],
      mask: new Float32Array(4),
      caption: picture.name,
    });
    found("#cleaned", HTMLImageElement).src = URL.createObjectURL(cleaned.toBlob());
    found("#ranking", HTMLUListElement).replaceChildren(...ranked(digit).map(bar));
    result.textContent = `It is ${topLabel(digit)}.`;
  } catch (error) {
    result.textContent = isDeploymentError(error) ? `Failed: ${error.code}` : `Failed: ${String(error)}`;
  }
}

function bar([label, probability]: readonly [string, number]): HTMLLIElement {
  const item = document.createElement("li");
  const length = document.createElement("progress");
  length.value = probability;
  item.append(length, ` ${label}: ${probability}`);
  return item;
}

function found<Kind extends Element>(selector: string, kind: new () => Kind): Kind {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}
