import { prepareFile } from "../coders/image-input.js";
import { multipartBody } from "../files/multipart.js";
import { toRegisteredMediaType } from "../files/media-type.js";
import { bytesPayload, createBodyWriter } from "../json/body-writer.js";
import type { Body } from "../json/body.js";
import { jsonParts } from "../json/json-parts.js";
import { readFiles } from "../shapes/read-files.js";
import { fileMediaType, toResolvedFile } from "../shapes/resolved-file.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import { writeShaped } from "../shapes/write-shape.js";
import { withBodyMembers } from "./body-members.js";
import { readFormFiles, toFormFields } from "./form-fields.js";
import type { OperationBody, WriteRules } from "./service-operation.js";

/** The body of one request, its files read. Throws a `DeploymentError` that names the member at fault. */
export async function writeBody(value: unknown, body: OperationBody, rules: WriteRules): Promise<Body> {
  switch (body.form) {
    case "json":
      return textBody(await jsonText(value, body, rules), contentType(body, "application/json"));
    case "form":
      return await formBody(value, body, rules);
    case "multipart":
      return await partsBody(value, body, rules);
    case "text": {
      const parts = jsonParts(writeShaped(value, body.shape, { ...rules, feature: "body" }));
      const text = parts.kind === "scalar" ? parts.text : await jsonText(value, body, rules);
      return textBody(text, contentType(body, "text/plain"));
    }
    case "bytes":
      return await bytesBody(value, body);
  }
}

/** Members of the argument itself are named by themselves in messages, what stands inside of a body with the body. */
async function jsonText(value: unknown, { at, shape }: OperationBody, rules: WriteRules): Promise<string> {
  const [only, ...others] = statedShapes(shape, rules.shapes);
  if (at === "member" || only?.type !== "object" || others.length > 0) {
    const context = { ...rules, feature: at === "member" ? "body" : "" };
    return writeShaped(await readFiles(value, shape, context), shape, context);
  }
  const members = withBodyMembers(value, only, rules, (all) => all);
  const texts = members.map(async (member) => {
    const context = { ...rules, feature: member.name };
    const read = await readFiles(member.value, member.shape, context);
    return `${JSON.stringify(member.name)}:${writeShaped(read, member.shape, context)}`;
  });
  return `{${(await Promise.all(texts)).join(",")}}`;
}

/** `application/x-www-form-urlencoded`, as browsers write it; lists repeat their name, objects are JSON text. */
async function formBody(value: unknown, body: OperationBody, rules: WriteRules): Promise<Body> {
  const read = await readFiles(value, body.shape, { shapes: rules.shapes, feature: "" });
  const form = withBodyMembers(read, body.shape, rules, (members) => {
    const pairs = new URLSearchParams();
    for (const member of members) {
      const json = writeShaped(member.value, member.shape, { ...rules, feature: member.name });
      for (const text of leaves(json)) pairs.append(member.name, text);
    }
    return pairs;
  });
  return textBody(form.toString(), contentType(body, "application/x-www-form-urlencoded"));
}

function leaves(json: string): readonly string[] {
  const parts = jsonParts(json);
  if (parts.kind === "null") return [];
  if (parts.kind === "list") return parts.items.flatMap((item) => (item === "null" ? [] : [leafOf(item)]));
  return [leafOf(json)];
}

function leafOf(json: string): string {
  const parts = jsonParts(json);
  return parts.kind === "scalar" ? parts.text : json;
}

async function partsBody(value: unknown, { shape }: OperationBody, rules: WriteRules): Promise<Body> {
  // Which object it is of several may depend on its files, so they are read by any of them.
  const read: unknown = await readFiles(value, shape, { shapes: rules.shapes, feature: "" });
  const members = withBodyMembers(read, shape, rules, (all) => all);
  const ready = await Promise.all(members.map(async (member) => await readFormFiles(member, rules)));
  const fields = ready.flatMap((member) =>
    toFormFields(member, rules).map((field) => [member.name, field] as const),
  );
  return multipartBody(fields);
}

async function bytesBody(value: unknown, body: OperationBody): Promise<Body> {
  const at = { feature: "body", place: undefined };
  const file = toResolvedFile(await prepareFile(value, "body"), at);
  const writer = createBodyWriter();
  writer.payload(bytesPayload([file.bytes]));
  return writer.finish(contentType(body, fileMediaType(file)));
}

function textBody(text: string, type: string): Body {
  const writer = createBodyWriter();
  writer.text(text);
  return writer.finish(type);
}

/** The type that the description states, if it states one that a header can carry. */
function contentType({ mediaType }: OperationBody, otherwise: string): string {
  const stated = mediaType.trim();
  const complete = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(toRegisteredMediaType(stated));
  return complete && /^[\x20-\x7e]*$/.test(stated) ? stated : otherwise;
}
