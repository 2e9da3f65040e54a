// Builds the console into target/classes: bundles it, zips what zips well, writes the list of files that the center
// serves, and holds the first page to its size.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const OUT = 'target/classes/io/cloudtask/console';
const SEAL = 'target/console.built';
const OPENAPI = '../center/src/main/resources/io/cloudtask/center/openapi.yaml';
const INPUTS = ['src', 'public', 'scripts', 'index.html', 'package-lock.json', 'vite.config.ts', OPENAPI];
const FIRST_PAGE_BYTES = 300 * 1024;

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}

const sha = (content) => createHash('sha256').update(content).digest('hex').slice(0, 16);

function sealOfInputs() {
  const all = INPUTS.flatMap(filesUnder)
    .filter((file) => !file.endsWith('schema.ts'))
    .sort();
  return sha(all.map((file) => `${file} ${sha(readFileSync(file))}`).join('\n'));
}

/** The scripts that a browser loads before it shows the first page: the entry and what it imports statically. */
function firstPage(manifest) {
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    (manifest[key].imports ?? []).forEach(visit);
  };
  visit('index.html');
  return [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'));
}

const seal = sealOfInputs();
if (existsSync(join(OUT, 'files.tsv')) && existsSync(SEAL) && readFileSync(SEAL, 'utf8') === seal) {
  console.log('console: unchanged');
  process.exit(0);
}

rmSync(OUT, { recursive: true, force: true });
const npx = (...args) => {
  const { status } = spawnSync('npx', ['--no-install', ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1); // it has said why
};
npx('openapi-typescript', OPENAPI, '--output', 'src/lib/api/schema.ts');
npx('vite', 'build', '--logLevel', 'warn');

const manifest = JSON.parse(readFileSync(join(OUT, 'manifest.json'), 'utf8'));
rmSync(join(OUT, 'manifest.json'));
const lines = [];
const sizes = new Map();
for (const file of filesUnder(OUT)) {
  const path = relative(OUT, file);
  const content = readFileSync(file);
  const zips = /\.(html|js|css|svg|json|txt|webmanifest)$/.test(path) && content.length > 512;
  lines.push(`${path}\t${sha(content)}\t${zips ? 'gzip' : 'plain'}`);
  if (zips) {
    const zipped = gzipSync(content, { level: 9 });
    sizes.set(path, zipped.length);
    writeFileSync(`${file}.gz`, zipped);
    rmSync(file);
  }
}
writeFileSync(join(OUT, 'files.tsv'), lines.sort().join('\n') + '\n');

const first = firstPage(manifest).reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
console.log(`console: the first page loads ${Math.round(first / 1024)} kB of JavaScript (gzip)`);
if (first > FIRST_PAGE_BYTES) {
  console.error(`console: that is more than ${FIRST_PAGE_BYTES / 1024} kB; load what it does not need with its route`);
  process.exit(1);
}
mkdirSync('target', { recursive: true });
writeFileSync(SEAL, seal);
