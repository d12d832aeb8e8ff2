/*
 * What packages import that need version 0.1 or later. An older runtime has no such entry, so that loading or bundling
 * fails with its name before anything that is missing can.
 */
export { version as runtimeVersion } from "./http/user-agent.js";
