/** What this package offers on Node.js alone. */
export { fromFile } from "@gen-deploy/runtime/node";
