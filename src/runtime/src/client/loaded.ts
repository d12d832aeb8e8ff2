import { DeploymentError } from "../errors.js";

/** The code that `loading` brings; `connection` where it cannot be fetched, as a browser without a network cannot. */
export async function loaded<Code>(loading: Promise<Code>): Promise<Code> {
  try {
    return await loading;
  } catch (cause) {
    throw new DeploymentError("connection", "A part of the client's own code could not be loaded.", {
      cause,
    });
  }
}
