/*
 * Peltarion's Deployment API: `openapi.json` with `x-peltarion`, in both of its generations.
 * In comes a resolved description, out goes the model with what is worth saying about it. Nothing is guessed that
 * the description could have stated: what it lacks is a diagnostic or an error.
 */
import { fingerprintAt } from "@gen-deploy/runtime/fingerprint";
import type { DeploymentModel, FeatureModel, LiveModel, RowModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { operationDoc, operationName } from "../spec/openapi-operations.js";
import { statedAuth } from "../spec/openapi-security.js";
import { operationAddress, siblingAddress } from "../spec/openapi-servers.js";
import { titleAndDoc } from "../spec/openapi-tree.js";
import type { ResolvedSpec } from "../spec/spec-types.js";
import type { Dialect, Interpretation, InterpretOptions } from "./dialect.js";
import { toCodec } from "./peltarion-codec.js";
import { checkLabelNames } from "./peltarion-labels.js";
import { recognisesPeltarion } from "./peltarion-marker.js";
import { forwardOperation } from "./peltarion-operation.js";
import type { Forward } from "./peltarion-operation.js";
import { inputRow, outputRow } from "./peltarion-rows.js";
import type { Row } from "./peltarion-rows.js";

/** Peltarion's Deployment API (`Peltarion/sidekick` is its vendor's client). */
export const peltarion: Dialect = {
  id: "peltarion",
  recognises: recognisesPeltarion,
  interpret: interpretPeltarion,
};

function interpretPeltarion(spec: ResolvedSpec, options: InterpretOptions): Interpretation {
  const forward = forwardOperation(spec, options.operations);
  const rows = { input: inputRow(spec), output: outputRow(spec) };
  checkLabelNames(spec, [rows.input, rows.output], options.labels);

  const diagnostics: Diagnostic[] = [];
  const context = { spec, tensorForm: forward.tensorForm, labels: options.labels, diagnostics };
  const toRow = (row: Row): RowModel => ({
    features: row.features.map((feature): FeatureModel => {
      const { name, doc, pointer } = feature;
      const fingerprint = fingerprintOf(spec, pointer);
      return { wireName: name, doc, required: true, codec: toCodec(context, row.side, feature), fingerprint };
    }),
    bare: false,
    stream: false,
    pointer: row.pointer,
    wireType: row.wireType,
  });
  const input = toRow(rows.input);
  const output = toRow(rows.output);

  const { title, doc } = titleAndDoc(spec);
  const url = operationAddress(spec, forward.operation) ?? siblingAddress(spec, forward.operation);
  if (url === null) diagnostics.push(noUrl(forward));
  const model: DeploymentModel = {
    dialect: peltarion.id,
    title: title || "Peltarion deployment",
    doc,
    url,
    auth: statedAuth(spec, forward.operation) ?? [{ kind: "bearer" }],
    live: live(spec, forward, [input, output]),
    operations: [
      {
        id: operationName(forward.operation),
        doc: operationDoc(forward.operation),
        method: "POST",
        path: "",
        framing: { protocol: "rows", multipart: true },
        input,
        output,
      },
    ],
  };
  return { model, diagnostics };
}

/** The description is served beside `forward`; the flag matters only where arrays are framed by it. */
function live(spec: ResolvedSpec, { flagPointer }: Forward, rows: readonly RowModel[]): LiveModel {
  const codecs = rows.flatMap((row) => row.features.map((feature) => feature.codec));
  const rest = codecs.some((codec) => codec.kind === "tensor")
    ? [{ pointer: flagPointer, fingerprint: fingerprintAt(spec.root, flagPointer) ?? "" }]
    : [];
  return { url: "openapi.json", rest };
}

function fingerprintOf(spec: ResolvedSpec, pointer: string): string {
  const fingerprint = fingerprintAt(spec.root, pointer);
  if (fingerprint === undefined) throw new Error(`no fingerprint for ${pointer}, which the description has`);
  return fingerprint;
}

function noUrl({ operation }: Forward): Diagnostic {
  return {
    code: "peltarion/no-url",
    severity: "info",
    pointer: operation.pathItem.pointer,
    message: "The description does not state the deployment's whole address.",
    hint: 'Give the client its address: createClient({ url: "https://…/forward" }).',
  };
}
