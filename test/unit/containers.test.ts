import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const service = z.looseObject({
  user: z.string(),
  read_only: z.boolean(),
  tmpfs: z.array(z.string()),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  mem_limit: z.string(),
  pids_limit: z.number(),
  volumes: z.array(z.string()),
  networks: z.array(z.string()),
  environment: z.record(z.string(), z.string()).optional(),
  command: z.array(z.string()).optional(),
});
const compose: unknown = parse(read('docker-compose.yml'));
const { services, networks, volumes } = z.looseObject({
  services: z.strictObject({ app: service, valkey: service }),
  networks: z.record(z.string(), z.looseObject({ internal: z.boolean() }).nullable()),
  volumes: z.record(z.string(), z.unknown()),
}).parse(compose);

/** The schema of the Compose specification, which dclint brings along but does not export. */
function openComposeCheck() {
  const file = join(dirname(createRequire(import.meta.url).resolve('dclint/package.json')), 'schemas', 'compose.schema.json');
  const { $schema: _, ...schema } = z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
}

describe('docker-compose.yml', () => {
  const check = openComposeCheck();

  it('is what the Compose specification allows', () => {
    check(compose);
    expect(check.errors ?? []).toEqual([]);
  });

  it('would be refused with a word that Compose does not know', () => {
    expect(check({ services: { app: { ...services.app, read_olny: true } } })).toBe(false);
  });

  it.each(Object.entries(services))('gives %s no more than it needs', (_, each) => {
    expect(each).toMatchObject({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], pids_limit: expect.any(Number) });
    expect(each.mem_limit).toMatch(/^\d+m$/);
    expect(each.user).not.toMatch(/^(?:root|0)?(?::|$)/);
    expect(each).not.toHaveProperty('ports');
    expect(each).not.toHaveProperty('privileged');
  });

  it('keeps everything, on disk before it is acknowledged', () => {
    expect(services.valkey.command?.join(' ')).toBe('valkey-server --appendonly yes --appendfsync always --save  --maxmemory-policy noeviction');
    for (const each of Object.values(services)) expect(Object.keys(volumes)).toContain(each.volumes.find(volume => volume.endsWith(':/data'))?.split(':')[0]);
  });

  it('shows the store to the app and to nobody else', () => {
    expect(services.valkey.networks).toEqual(['store']);
    expect(networks.store).toEqual({ internal: true });
    expect(services.app).toMatchObject({ networks: ['outside', 'store'], depends_on: { valkey: { condition: 'service_healthy' } }, environment: { REDIS_URL: 'redis://valkey:6379' } });
    expect(services.valkey).toHaveProperty('healthcheck.test', ['CMD', 'valkey-cli', '-e', 'ping']);
  });

  it('starts without a .env and holds no secret', () => {
    expect(services.app.env_file).toEqual([{ path: '.env', required: false }]);
    expect(read('docker-compose.yml')).not.toMatch(/_(?:TOKEN|KEY|PASSWORD)\b/);
  });
});

describe('the Dockerfile', () => {
  const text = read('Dockerfile');
  const steps = text.replace(/\\\n/g, ' ').split('\n').map(line => line.trim()).filter(line => /^[A-Z]+ /.test(line));

  it('is valid', () => {
    expect(validate(text).map(({ message, range }) => [range.start.line + 1, message])).toEqual([]);
    expect(validate(text.replace('WORKDIR /app', 'WORKDIRR /app'))).not.toEqual([]);
  });

  it('names its Node by a tag that brings a Node able to run TypeScript', () => {
    expect(steps.filter(step => step.startsWith('FROM '))).toEqual(['FROM node:24-slim']);
  });

  it('runs as nobody special, and keeps what it writes in the volume', () => {
    const user = steps.indexOf('USER node');
    expect(user).toBeGreaterThan(0);
    expect(steps.slice(user).filter(step => step.startsWith('RUN ') || step.startsWith('USER '))).toEqual(['USER node']);
    expect(steps.indexOf('VOLUME /data')).toBeGreaterThan(steps.findIndex(step => step.includes('chown node:node /data')));
    expect(text).toContain('REPARTEE_DATA=/data');
  });

  it('starts the program itself, so that it hears the signals', () => {
    expect(steps).toContain('ENTRYPOINT ["node", "src/main.ts"]');
    expect(steps).toContain('CMD ["start"]');
  });

  it('asks for its health as a program, with a deadline', () => {
    const health = steps.find(step => step.startsWith('HEALTHCHECK ')) ?? '';
    expect(health).toMatch(/--timeout=\d+s/);
    const command = z.tuple([z.literal('node'), z.literal('-e'), z.string()]).parse(JSON.parse(health.slice(health.indexOf('['))));
    expect(command[2]).toContain('/healthz');
  });

  it('copies only what is there and what .dockerignore lets through', () => {
    const copied = steps.filter(step => step.startsWith('COPY ')).flatMap(step => step.split(/\s+/).slice(1, -1));
    const allowed = read('.dockerignore').trim().split('\n');
    expect(allowed[0]).toBe('*');
    expect(allowed.slice(1).map(line => line.replace('!', '')).toSorted()).toEqual(copied.toSorted());
    expect(copied.filter(path => !existsSync(join(root, path)))).toEqual([]);
  });
});
