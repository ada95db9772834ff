// Trains node-nlp on the entries of the first line, then answers one query a line: [[id, score], ...], best first.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { NlpManager } = createRequire(`${process.argv[2]}/`)("node-nlp");
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { language, rows } = JSON.parse((await lines.next()).value);

const manager = new NlpManager({ languages: [language], nlu: { log: false }, autoSave: false, forceNER: false });
for (const [id, text] of rows) manager.addDocument(language, text, id);
await manager.train();
process.stdout.write("ready\n");

for await (const line of lines) {
  const { classifications } = await manager.process(language, JSON.parse(line));
  const found = classifications.filter(({ intent }) => intent !== "None").slice(0, 10);
  process.stdout.write(`${JSON.stringify(found.map(({ intent, score }) => [intent, score]))}\n`);
}
