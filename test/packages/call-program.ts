/** What a user's program does with the animal client, after its import; it prints one line of JSON. */
export const callProgram = `
async function main() {
  const client = createClient({ url: process.env.URL, token: "packed-token" });
  const one = await client.predict({ Type: "animal", Sound: "miaow", Size: 0.5 });
  const many = await client.predictMany([1, 2, 3].map((Size) => ({ Type: "human", Sound: "moo", Size })));
  const streamed = [];
  for await (const { Weight } of client.predictStream([{ Type: "insect", Sound: "tweet", Size: 4 }])) streamed.push(Weight);
  const error = await client.predict({ Type: "plant", Sound: "miaow", Size: 1 }).catch((reason) => reason);
  const refused = await createClient({ url: process.env.URL, token: "wrong-token", retry: false })
    .predict({ Type: "animal", Sound: "miaow", Size: 1 }).catch((reason) => reason);
  console.log(JSON.stringify({
    one, many, streamed, sounds: labels.Sound,
    codes: [error, refused].map((each) => isDeploymentError(each) && each.code),
  }));
}
main();
`;

/** What it prints where the deployment weighs by \`Size\` alone. */
export const callResult: unknown = {
  one: { Weight: 0.5 },
  many: [{ Weight: 1 }, { Weight: 2 }, { Weight: 3 }],
  streamed: [4],
  sounds: ["miaow", "woof", "moo", "tweet"],
  codes: ["unknown-label", "unauthorized"],
};
