// Runs Ace over many books in one browser: node ace.cjs HOME BOOK...
//
// HOME is the folder that node_modules lies in. Writes one line of JSON for each book, {path, report}.
'use strict';

const { createRequire } = require('node:module');
const path = require('node:path');

const [home, ...books] = process.argv.slice(2);
const load = createRequire(path.join(home, 'package.json'));
const runner = load('@daisy/ace-axe-runner-puppeteer');
const ace = load('@daisy/ace-core');

// Ace would start and end a browser for each book.
const shared = { ...runner, launch: async () => {}, close: async () => {} };

async function main() {
  const write = process.stdout.write.bind(process.stdout);
  await runner.launch();
  for (const book of books) {
    // Without a folder for its report Ace prints it, over many lines.
    process.stdout.write = () => true;
    const [, report] = await ace(book, { cwd: process.cwd(), silent: true, initLogger: false }, shared);
    process.stdout.write = write;
    write(`${JSON.stringify({ path: book, report })}\n`);
  }
  await runner.close();
}

main().then(() => process.exit(0), (problem) => {
  process.stderr.write(`${problem && problem.stack ? problem.stack : problem}\n`);
  process.exit(1);
});
