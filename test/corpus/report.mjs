/** The figures of a run as Markdown, and how many examples are refused though their schema accepts them. */
export function printReport(results, { dataset, seconds, elsewhere }) {
  const generated = results.filter((each) => each.generated === undefined);
  const compiled = generated.filter((each) => each.types?.package === undefined);
  const accepted = results.filter((each) => each.schema === undefined);
  const byType = compiled.filter((each) => each.types?.example === undefined);
  const byRunTime = generated.filter((each) => each.runTime === undefined);
  const typeRefuses = accepted.filter((each) => !byType.includes(each));
  const runTimeRefuses = accepted.filter((each) => !byRunTime.includes(each));

  const answered = byRunTime.filter((each) => each.outputSchema === undefined);
  const unread = answered.filter((each) => each.reading !== undefined);

  const figures = [
    ["models", results.length],
    ["packages generated", generated.length],
    ["packages that compile (`tsc --strict`, declarations checked)", compiled.length],
    ["examples of the authors that the schema itself accepts", accepted.length],
    ["examples that `Input` accepts", byType.length],
    ["examples that the run-time check accepts", byRunTime.length],
    ["accepted by the schema, refused by `Input`", typeRefuses.length],
    ["accepted by the schema, refused by the run-time check", runTimeRefuses.length],
    ["outputs of those examples that the schema itself accepts", answered.length],
    ["of these, refused by the client", unread.length],
  ];
  const reasons = [
    ["not generated", results.map((each) => each.generated)],
    ["does not compile", results.map((each) => each.types?.package)],
    ["beside the packages", elsewhere],
    ["accepted by the schema, refused by `Input`", typeRefuses.map(typeReason)],
    [
      "accepted by the schema, refused at run time",
      runTimeRefuses.map((each) => each.generated ?? each.runTime),
    ],
    ["output accepted by the schema, refused by the client", unread.map((each) => each.reading)],
    ["refused by the schema", results.map((each) => each.schema)],
    ["refused at run time", results.map((each) => each.runTime)],
    ["output refused by the schema", results.map((each) => each.outputSchema)],
    ["output refused by the client", results.map((each) => each.reading)],
  ];
  const lines = [
    `${dataset} on ${new Date().toISOString().slice(0, 10)}: generated in ${seconds.generating.toFixed(0)} s, checked in ${seconds.checking.toFixed(0)} s`,
    "",
    ...table(["what", "number"], figures),
    "",
    ...table(["what is short of all", "why", "number"], reasons.flatMap(countReasons)),
    "",
  ];
  return { text: lines.join("\n"), refused: typeRefuses.length + runTimeRefuses.length };
}

function typeReason({ generated, types }) {
  return generated ?? types?.package ?? types?.example;
}

function countReasons([what, reasons]) {
  const counts = new Map();
  for (const reason of reasons) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => [what, reason, count]);
}

function table(head, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => String(cell).replace(/[|\n]/g, " ").slice(0, 300)).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
