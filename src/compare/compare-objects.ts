import type { MemberShape, ObjectShape } from "@gen-deploy/runtime";
import { quoted, type ShapeContext, type ValueContext } from "./context.js";

/** Notes what changed between two objects: their members, and whether they may have others. */
export function compareObjects(
  was: ObjectShape,
  is: ObjectShape,
  { context, compareShapes }: ShapeContext,
): void {
  const { at } = context;
  for (const [name, member] of Object.entries(was.members)) {
    const now = memberOf(is, name);
    if (now === undefined) noteRemoved(name, is, context);
    else {
      compareOptional(member, now, context.within(`.${name}`));
      compareShapes(member.shape, now.shape, context.within(`.${name}`));
    }
  }
  for (const [name, member] of Object.entries(is.members)) {
    if (memberOf(was, name) !== undefined) continue;
    const required = member.optional !== true;
    const message = `${required ? "" : "optional "}member ${quoted(name)} added to ${at}`;
    if (required) context.values("narrower", message);
    else context.note("additive", message);
  }
  compareRest(was, is, context);
}

function memberOf({ members }: ObjectShape, name: string): MemberShape | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** Code that names it does not compile, unless an object may be given any names. */
function noteRemoved(name: string, { rest }: ObjectShape, context: ValueContext): void {
  const open = context.side === "input" && rest !== undefined && rest !== false;
  context.note(open ? "additive" : "breaking", `member ${quoted(name)} removed from ${context.at}`);
}

/** Notes whether a feature or member that had to be there may now be left out, or the other way about. */
export function compareOptional(
  was: { readonly optional?: true },
  is: { readonly optional?: true },
  context: ValueContext,
): void {
  if (was.optional === is.optional) return;
  if (is.optional === true) context.values("wider", `${context.at} is optional, no longer required`);
  else context.values("narrower", `${context.at} is required, no longer optional`);
}

/** Types let any other names through, or none; what stands under them is not in the types. */
function compareRest({ rest: was }: ObjectShape, { rest: is }: ObjectShape, context: ValueContext): void {
  const [wasOpen, isOpen] = [isNamed(was), isNamed(is)];
  const { at, side } = context;
  if (isOpen !== wasOpen) {
    // An interface of the caller's own, without such members, is not one that has them.
    const additive = isOpen && side === "output";
    const message = `${at} ${isOpen ? "has" : "no longer has"} members of any name`;
    context.note(additive ? "additive" : "breaking", message);
  } else if (was !== is && (was === false || is === false)) {
    const message = `${at} ${is === false ? "refuses" : "no longer refuses"} members that are not stated`;
    if (side === "output") context.note("documentation", message);
    else context.values(is === false ? "narrower" : "wider", message);
  } else if (JSON.stringify(was) !== JSON.stringify(is)) {
    context.note(
      side === "output" ? "documentation" : "breaking",
      `the members of any name of ${at} look otherwise`,
    );
  }
}

function isNamed(rest: ObjectShape["rest"]): boolean {
  return rest !== undefined && rest !== false;
}
