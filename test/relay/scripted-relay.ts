import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { zstdDecompressSync } from 'node:zlib';
import { type ProblemCode, problems } from '#contract/problems.ts';
import type { CheckLeftBehind, LeftBehind } from '#contract/relay.left-behind.ts';
import * as protocol from '#contract/relay.ts';
import { isSignedBy, publicKeyText, signText } from '../../store-server/kernel/ed25519.ts';
import { chainStart, entryHash, partDigest } from '../../store-server/kernel/journal-entry.ts';
import { commandText, joinText, requestText, tokenText } from '../../store-server/kernel/relay-texts.ts';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}
const given = (data: unknown, status = 200): Reply => ({ status, body: { data } });
const refused = (code: ProblemCode, details: object = {}): Reply => ({
  status: problems[code].status,
  body: { error: { code, details } },
});

/** A check that was paid by card after the backup that a store went back to. */
export const checkLeftBehind: CheckLeftBehind = {
  order_id: '01890000-0000-7000-8000-00000000000c',
  number: 12,
  table: 'Table 4',
  status: 'completed',
  total_minor: 2450,
  opened_at: Date.parse('2025-06-18T18:31:00Z'),
  last_at: Date.parse('2025-06-18T19:02:00Z'),
  lines: [
    { name: 'Smoked mackerel pâté', quantity: 1 },
    { name: 'Halloumi burger', quantity: 2 },
  ],
  payments: [{ method: 'card', amount_minor: 2450, tip_minor: 200 }],
  refunded_minor: 0,
};

/** What a test wants to be answered instead; undefined lets the relay do its work. */
type Script = (
  path: string,
  nth: number,
) => Reply | { readonly wait: number } | 'hang' | 'drop' | 'drop-answer' | undefined;

/** A relay in memory behind a real port. It checks whatever the real one checks, and does what a test tells it to. */
export class ScriptedRelay {
  readonly relayId = randomUUID();
  readonly tenantId = randomUUID();
  readonly #keys = generateKeyPairSync('ed25519');
  readonly publicKey = publicKeyText(this.#keys.privateKey);
  readonly claims = new Map<string, { usedBy: string | null; expired: boolean }>();
  storeId = '';
  storeKey = '';
  entries: protocol.BatchEntry[] = [];
  /** Entries that came again. */
  repeated = 0;
  batches: number[] = [];
  epochs: { id: string; parentSeq: number | null; from: number; to: number }[] = [];
  lives: (protocol.LiveSummary & { heard: number })[] = [];
  verdicts: protocol.RelayVerdict[] = [];
  commands: protocol.RelayCommand[] = [];
  requests: string[] = [];
  tokens = new Map<string, string>();
  connections = 0;
  clockOffset = 0;
  /** How soon it wishes to hear the store again. */
  nextInMs = 100;
  revoked = false;
  /** Verdicts are stored, but their arrival is not confirmed. */
  deaf = false;
  /** Takes hashes as they come: for measuring the store, with as little work beside it as can be. */
  trusting = false;
  leftBehind: LeftBehind = { entries: 0, checks: [], more: false };
  script: Script = () => undefined;
  #server: Server | null = null;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }
  get head(): { seq: number; hash: string } {
    const last = this.entries.at(-1);
    return { seq: last?.seq ?? 0, hash: last?.hash ?? chainStart.hash.toString('hex') };
  }

  async open(): Promise<this> {
    this.#server = createServer((request, response) => {
      void this.#answer(request)
        .then((reply) => {
          if (reply === 'hang') return;
          if (reply === 'drop') {
            request.socket.destroy();
            return;
          }
          response.writeHead(reply.status, { 'Content-Type': 'application/json' });
          response.end(JSON.stringify(reply.body));
        })
        .catch(() => request.socket.destroy());
    });
    this.#server.on('connection', () => {
      this.connections += 1;
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }
  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** A command for the store, signed as the real relay signs. */
  command(n: number, command: string, input: Record<string, unknown>, more: Partial<protocol.RelayCommand> = {}) {
    const unsigned = {
      command_id: randomUUID(),
      n,
      command,
      input,
      not_after: Date.parse('2030-01-01'),
      issued_by: 'owner@platform.test',
      ...more,
    };
    const signed = { ...unsigned, signature: signText(this.#keys.privateKey, commandText(this.storeId, unsigned)) };
    this.commands.push(signed);
    return signed;
  }

  async #answer(request: IncomingMessage): Promise<Reply | 'hang' | 'drop'> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const path = request.url ?? '';
    this.requests.push(path);
    const scripted = this.script(path, this.requests.filter((one) => one === path).length);
    if (typeof scripted === 'object' && 'wait' in scripted) await pause(scripted.wait);
    else if (scripted !== undefined && scripted !== 'drop-answer') return scripted;
    const reply = this.#work(path, request, body);
    return scripted === 'drop-answer' ? 'drop' : reply;
  }

  #work(path: string, request: IncomingMessage, body: Buffer): Reply {
    if (path === protocol.relayPaths.join) return this.#join(protocol.Join.parse(JSON.parse(body.toString())));
    if (this.revoked) return refused('STORE_REVOKED');
    if (path === protocol.relayPaths.token) return this.#token(protocol.AskToken.parse(JSON.parse(body.toString())));
    const jti = this.tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (jti === undefined) return refused('TOKEN_INVALID');
    const signature = String(request.headers[protocol.SIGNATURE_HEADER]);
    if (!isSignedBy(this.storeKey, requestText('POST', path, jti, body), signature))
      return refused('TOKEN_KEY_MISMATCH');
    if (path === protocol.relayPaths.exchange) {
      return this.#exchange(protocol.Exchange.parse(JSON.parse(body.toString())));
    }
    if (path === protocol.relayPaths.leftBehind) return given(this.leftBehind);
    const unpacked = protocol.Batch.safeParse(JSON.parse(zstdDecompressSync(body).toString()));
    return unpacked.success ? this.#batch(unpacked.data) : refused('BATCH_BROKEN');
  }

  #join({ proof, ...asked }: protocol.Join): Reply {
    const claim = this.claims.get(asked.claim_code);
    if (claim === undefined) return refused('CLAIM_UNKNOWN');
    if (claim.expired) return refused('CLAIM_EXPIRED');
    if (claim.usedBy !== null && claim.usedBy !== asked.public_key) return refused('CLAIM_USED');
    if (!isSignedBy(asked.public_key, joinText(asked), proof)) return refused('PROOF_WRONG');
    claim.usedBy = asked.public_key;
    this.storeId = asked.store_id;
    this.storeKey = asked.public_key;
    const joined = { tenant_id: this.tenantId, relay_id: this.relayId, relay_public_key: this.publicKey };
    return given({ ...joined, acked_seq: this.head.seq, acked_hash: this.head.hash }, 201);
  }

  #token({ signature, ...asked }: protocol.AskToken): Reply {
    const now = Date.parse('2025-06-18T18:00:00Z') + this.clockOffset;
    if (this.clockOffset !== 0 && Math.abs(asked.at - now) > protocol.relayLimits.clockApartMs) {
      return refused('CLOCK_APART', { now });
    }
    if (!isSignedBy(this.storeKey, tokenText(asked), signature)) return refused('PROOF_WRONG');
    const token = `token-${randomUUID()}-${randomUUID()}`;
    this.tokens.set(token, randomUUID());
    return given({ access_token: token, jti: this.tokens.get(token), expires_in: 600 });
  }

  #exchange({ live, verdicts }: protocol.Exchange): Reply {
    this.lives.push({ ...live, heard: performance.now() });
    this.verdicts.push(...verdicts);
    const acknowledged = this.deaf ? [] : verdicts.map(({ command_id }) => command_id);
    this.commands = this.commands.filter(({ command_id }) => !acknowledged.includes(command_id));
    const { seq, hash } = this.head;
    return given({
      acked_seq: seq,
      acked_hash: hash,
      commands: this.commands.slice(0, protocol.relayLimits.commandsAtOnce),
      acknowledged,
      next_in_ms: this.nextInMs,
    });
  }

  #batch(batch: protocol.Batch): Reply {
    const { id, parent_seq: parentSeq, parent_hash: parentHash } = batch.epoch;
    const isNew = this.epochs.every((one) => one.id !== id);
    // What follows the entry that a new epoch goes on from is left behind.
    if (isNew && parentSeq !== null && this.entries[parentSeq - 1]?.hash === parentHash) this.entries.splice(parentSeq);
    const { seq: head } = this.head;
    if (batch.store_id !== this.storeId) return refused('TENANT_MISMATCH');
    if (batch.from_seq > head + 1) return refused('BATCH_GAP', { expected_seq: head + 1 });
    const before = this.entries[batch.from_seq - 2]?.hash ?? chainStart.hash.toString('hex');
    if (before !== batch.from_hash) return refused('CHAIN_FORKED', { seq: batch.from_seq - 1, hash: before });
    let hash = Buffer.from(before, 'hex');
    for (const entry of this.trusting ? [] : batch.entries) {
      const parts = entry.parts.map((part) => ({ ...part, entity: part.entity_type, entityId: part.entity_id }));
      const digests = parts.map(({ salt, body, digest }) => {
        if (salt === null || body === null) return Buffer.from(digest, 'hex');
        return partDigest(Buffer.from(salt, 'hex'), body);
      });
      hash = Buffer.from(entryHash(hash, { ...fieldsOf(entry) }, parts, digests));
      if (hash.toString('hex') !== entry.hash) return refused('BATCH_BROKEN', { seq: entry.seq });
      const held = this.entries[entry.seq - 1];
      if (held !== undefined && held.hash !== entry.hash)
        return refused('CHAIN_FORKED', { seq: entry.seq, hash: held.hash });
    }
    const fresh = batch.entries.filter(({ seq }) => seq > head);
    this.repeated += batch.entries.length - fresh.length;
    this.entries.push(...fresh);
    this.batches.push(batch.entries.length);
    this.epochs.push({ id, parentSeq, from: batch.from_seq, to: batch.entries.at(-1)?.seq ?? 0 });
    return given({ acked_seq: this.head.seq, acked_hash: this.head.hash });
  }
}

const fieldsOf = (entry: protocol.BatchEntry) => ({
  seq: entry.seq,
  commandId: entry.command_id,
  command: entry.command,
  groupId: entry.group_id,
  scope: entry.scope,
  key: entry.key,
  actorId: entry.actor_id,
  approvedBy: entry.approved_by,
  deviceId: entry.device_id,
  origin: entry.origin,
  businessDay: entry.business_day,
  occurredAt: entry.occurred_at,
  recordedAt: entry.recorded_at,
});

/** A relay that is listening, with one unused claim code. */
export async function openScriptedRelay(code = 'LIME-RIVER-42'): Promise<ScriptedRelay> {
  const relay = await new ScriptedRelay().open();
  relay.claims.set(code, { usedBy: null, expired: false });
  return relay;
}
