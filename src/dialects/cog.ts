/*
 * Cog models, as a server of their own describes them or Replicate does. In comes a resolved description, out goes the
 * model with its one operation; training is left alone.
 */
import type { DeploymentModel, NamedShapeModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { isNamed, operationDoc, operationName } from "../spec/openapi-operations.js";
import { statedAuth } from "../spec/openapi-security.js";
import { operationAddress, siblingAddress } from "../spec/openapi-servers.js";
import { ownText, titleAndDoc } from "../spec/openapi-tree.js";
import { ownMember } from "../spec/pointer.js";
import { createShapeReader } from "../spec/schema-shape.js";
import type { ResolvedSpec, SpecOperation } from "../spec/spec-types.js";
import { inputRow } from "./cog-input.js";
import { predictOperation, recognisesCog } from "./cog-marker.js";
import { outputRow } from "./cog-output.js";
import type { Dialect, Interpretation, InterpretOptions } from "./dialect.js";

/** Cog (`replicate/cog`), on servers of its own and on Replicate. */
export const cog: Dialect = { id: "cog", recognises: recognisesCog, interpret: interpretCog };

function interpretCog(spec: ResolvedSpec, options: InterpretOptions): Interpretation {
  const predict = predictOperation(spec);
  checkNames(spec, predict, options.operations);
  const reader = createShapeReader(spec, { uri: "file" });
  const input = inputRow({ spec, reader, labels: options.labels });
  const { form, row: output } = outputRow(spec, reader);
  const replicate = ownMember(spec.root, "x-replicate");
  const model = ownText(replicate, "model") || null;
  const version = ownText(replicate, "version") || null;
  const { title, doc } = titleAndDoc(spec);
  const url = addressOf(spec, predict);
  const shapes = reader.shapes().map(withoutNoise);
  const deployment: DeploymentModel = {
    dialect: cog.id,
    title: titleOf(title, model),
    doc,
    url,
    auth: (predict && statedAuth(spec, predict)) ?? [],
    live: null,
    operations: [
      {
        id: predict === undefined ? "predict" : operationName(predict),
        doc: predict === undefined ? "" : operationDoc(predict),
        method: "POST",
        path: "/predictions",
        framing: {
          protocol: "cog",
          output: form,
          streams: ownMember(predict?.operation.value, "x-cog-streaming") === true,
          model,
          version,
        },
        input,
        output,
      },
    ],
    ...(shapes.length === 0 ? {} : { shapes }),
  };
  const nowhere = url === null && model === null && version === null;
  return { model: deployment, diagnostics: [...reader.notes(), ...(nowhere ? [noPlace] : [])] };
}

function checkNames(spec: ResolvedSpec, predict: SpecOperation | undefined, names: readonly string[]): void {
  const own = predict === undefined ? "predict" : operationName(predict);
  const unknown = names.find((name) => name !== own && !(predict !== undefined && isNamed(predict, name)));
  if (unknown === undefined) return;
  throw faultAt(spec, predict?.operation.pointer ?? "", {
    code: "cog/unknown-operation",
    message: `No operation is called ${quoted(unknown)}; a Cog model has ${listed([own])}.`,
    hint: "Leave --operation out.",
  });
}

/** Cog calls every model by its own name. */
function titleOf(title: string, model: string | null): string {
  if (title !== "" && title !== "Cog") return title;
  return model?.slice(model.indexOf("/") + 1) || "Cog model";
}

/** The server's address, where it is stated, or where the server itself gave the description. */
function addressOf(spec: ResolvedSpec, predict: SpecOperation | undefined): string | null {
  if (predict === undefined) return null;
  const own = spec.document.source.url;
  const served = own !== null && new URL(own).pathname === "/openapi.json";
  const address = operationAddress(spec, predict) ?? (served ? siblingAddress(spec, predict) : null);
  return address?.replace(/\/predictions$/, "") ?? null;
}

/** What Python says of every set of labels, says nothing of one. */
function withoutNoise(shape: NamedShapeModel): NamedShapeModel {
  return shape.doc === "An enumeration." ? { ...shape, doc: "" } : shape;
}

const noPlace: Diagnostic = {
  code: "cog/no-place",
  severity: "info",
  pointer: "",
  message: "The description does not say where the model runs.",
  hint: 'Tell the client: createClient({ url: "http://…" }) for a server of its own, createClient({ model: "owner/name" }) for Replicate.',
};
