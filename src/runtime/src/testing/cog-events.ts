/** One server-sent event as text (HTML Living Standard §9.2.5); each line of `data` is a line of its own. */
export function eventText(type: string, data: string): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `event: ${type}\n${lines.join("")}\n`;
}
