/** The minor versions whose packages this runtime can carry; a new one is added where packages begin to need it. */
type Carried = "0.1";

/**
 * `T`, where this runtime is of version `Needed` or later. Generated packages put it around their client: with a
 * runtime that is too old, no call compiles, and the message names the version that is needed.
 */
export type Since<Needed extends string, T> = Needed extends Carried ? T : RuntimeIsTooOld<Needed>;

/** What stands in place of a client where the installed runtime is older than the package. */
export interface RuntimeIsTooOld<Needed extends string> {
  readonly "@gen-deploy/runtime is too old": `install version ${Needed} or later`;
}
