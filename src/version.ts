/** The generator's version: written into manifests, and nowhere else in what is generated. */
export const version = "0.1.0";

/** The versions of `@gen-deploy/runtime` that generated packages work with. */
export const runtimeRange = "^0.1.0";

/** The minor version of the runtime from which on packages work, as templates have it. */
export const runtimeLine = "0.1";
