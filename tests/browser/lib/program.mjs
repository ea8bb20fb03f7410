// The program under test: started on a free port with a data folder of its own.
import { spawn, execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const binary = process.env.TALKOOT_BIN ?? resolve('target/release/talkoot');
/** Where journeys leave what they saw: beside the program. */
export async function seen(name) {
  const folder = join(dirname(binary), 'journeys');
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

const quiet = { ...process.env, RUST_LOG: 'warn' };

/** A data folder; `talkoot` commands on it; servers over it. */
export class Place {
  /** `settings` are the program's, as it reads them from its environment. */
  static async make(settings = {}) {
    return new Place(await mkdtemp(join(tmpdir(), 'talkoot-journey-')), settings);
  }

  constructor(folder, settings) {
    this.folder = folder;
    this.env = { ...quiet, ...settings };
    this.data = join(folder, 'data');
    this.servers = [];
  }

  /** Runs a command to its end; what it printed. */
  async command(...args) {
    const { stdout } = await run(binary, [...args, '--data', this.data], { env: this.env, maxBuffer: 1 << 26 });
    return stdout;
  }

  /** Serves; the address. `how` is `serve` or `demo`. */
  async serve(how = 'serve', port = 0) {
    const child = spawn(binary, [how, '--listen', `127.0.0.1:${port}`, '--data', this.data], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const server = { child, ended: new Promise((done) => child.once('exit', done)) };
    this.servers.push(server);
    server.url = await new Promise((found, failed) => {
      let said = '';
      child.stdout.on('data', (bytes) => {
        said += bytes;
        const at = said.match(/listening on (http:\/\/\S+)/);
        if (at) found(at[1]);
      });
      child.once('exit', (code) => failed(new Error(`talkoot ${how} ended with ${code}: ${said}`)));
      child.once('error', failed);
    });
    return server.url;
  }

  /** Stops all servers gracefully. */
  async stop() {
    for (const { child, ended } of this.servers.splice(0)) {
      child.kill('SIGTERM');
      await ended;
    }
  }

  /** Stops, and leaves nothing behind. */
  async clear() {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** An API token of a team member who owns everything. */
  async token() {
    const said = await this.command('team', 'add', 'Test', '--email', 'test@example.org');
    const token = said.split(/\s+/).findLast((word) => word.length >= 32);
    if (!token) throw new Error(`No token in: ${said}`);
    return token;
  }
}

/** Reads NDJSON of a team's call. */
export async function records(url, token, call) {
  const reply = await fetch(`${url}/api/v1${call}`, { headers: { authorization: `Bearer ${token}` } });
  if (!reply.ok) throw new Error(`${call}: ${reply.status} ${await reply.text()}`);
  return (await reply.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** xmllint on a file with the schema that fits; throws with what it says. */
export async function validate(file, schema) {
  await run('xmllint', ['--nonet', '--noout', '--schema', schema, file]);
}
