import { z } from 'zod';
import { CalendarDay } from './calendar-day.ts';

/**
 * What a store and the cloud relay say to each other: protocol 1, JSON over the one connection that the store opens.
 * The relay accepts members it does not know and keeps the bytes, so a store never waits for a relay to be upgraded.
 */

/** Paths as the store signs them, whatever address the relay is reached under. */
export const relayPaths = {
  join: '/relay/v1/join',
  token: '/relay/v1/token',
  batches: '/relay/v1/batches',
  exchange: '/relay/v1/exchange',
  leftBehind: '/relay/v1/left-behind',
} as const;

export const BATCH_CONTENT_TYPE = 'application/vnd.fynlo.batch';
/** Carries the store key's signature over `requestText`. */
export const SIGNATURE_HEADER = 'x-fynlo-signature';

export const relayLimits = {
  batchEntries: 500,
  /** Unpacked. */
  batchBytes: 4 * 1024 * 1024,
  /** As sent. */
  packedBytes: 2 * 1024 * 1024,
  tokenSeconds: 600,
  /** How far `at` of a token request may be from the relay's clock, in ms. */
  clockApartMs: 5 * 60_000,
  /** How far `recorded_at` may be ahead of the relay's clock, in ms. */
  futureMs: 24 * 60 * 60_000,
  claimDays: 7,
  /** From the beginning of one exchange to that of the next, in ms: half of what the owner is promised. */
  exchangeMs: 1_000,
  /** The same where the relay wishes it slower, at most: it cannot silence a store. */
  slowestExchangeMs: 60_000,
  commandsAtOnce: 20,
  verdictsAtOnce: 50,
} as const;

export const Id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'has to be a uuid');
const Seq = z.int().min(0);
const Minor = z.int();
const EpochMs = z.int();
/** SHA-256 in lower-case hex. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/, 'has to be 64 hex digits');
const BusinessDay = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'has to be a day such as 2026-10-05');
/** The 32 bytes of an Ed25519 public key (RFC 8032) in base64url. */
const PublicKey = z.string().regex(/^[\w-]{43}$/, 'has to be an Ed25519 public key');
/** The 64 bytes of an Ed25519 signature in base64url. */
const Signature = z.string().regex(/^[\w-]{86}$/, 'has to be an Ed25519 signature');

/** As people type it: letter case and the kind of dash do not matter. Comes out like LIME-RIVER-OAK-4210. */
export const ClaimCode = z
  .string()
  .trim()
  .max(60)
  .transform((text) => text.toUpperCase().replace(/[\s–—-]+/g, '-'))
  .pipe(z.string().regex(/^[A-Z0-9]+(?:-[A-Z0-9]+){1,5}$/, 'has to look like LIME-RIVER-OAK-4210'));

export const Join = z.object({
  claim_code: ClaimCode,
  store_id: Id,
  restaurant_id: Id,
  name: z.string().min(1).max(100),
  public_key: PublicKey,
  /** The store key's signature over `joinText`. */
  proof: Signature,
  version: z.string().max(40),
});
export type Join = z.output<typeof Join>;

/** 201, and again for the same key and code. `acked_seq` is 0 and `acked_hash` 64 zeros before the first batch. */
export const Joined = z.object({
  tenant_id: Id,
  relay_id: Id,
  relay_public_key: PublicKey,
  acked_seq: Seq,
  acked_hash: Digest,
});
export type Joined = z.output<typeof Joined>;

export const AskToken = z.object({
  store_id: Id,
  /** Epoch ms by the relay's clock as far as the store knows it. */
  at: EpochMs,
  nonce: z.string().regex(/^[\w-]{22}$/, 'has to be 16 bytes in base64url'),
  /** The store key's signature over `tokenText`. */
  signature: Signature,
});
export type AskToken = z.output<typeof AskToken>;

/** An EdDSA JWT whose `cnf.jkt` is the thumbprint of the store key; `jti` is in the signature of every request. */
export const TokenGiven = z.object({
  access_token: z.string().min(20).max(4_000),
  jti: z.string().min(1).max(100),
  expires_in: z.int().min(1),
});
export type TokenGiven = z.output<typeof TokenGiven>;

/** One part of a journal entry as the store keeps it: erased parts have neither body nor salt. */
export const BatchPart = z.object({
  n: z.int().min(0),
  role: z.string().max(20),
  kind: z.string().max(100),
  version: z.int().min(1),
  audience: z.array(z.string().max(40)).max(20),
  entity_type: z.string().max(60),
  entity_id: z.string().max(100),
  /** The JSON text the digest is of, to the byte. */
  body: z.string().nullable(),
  /** Hex. */
  salt: z
    .string()
    .regex(/^(?:[0-9a-f]{2}){1,64}$/)
    .nullable(),
  digest: Digest,
});
export type BatchPart = z.output<typeof BatchPart>;

export const BatchEntry = z.object({
  seq: Seq.min(1),
  format: z.int().min(1),
  command_id: z.string().max(100),
  command: z.string().max(100),
  group_id: z.string().max(100).nullable(),
  scope: z.string().max(200).nullable(),
  key: z.string().max(200).nullable(),
  actor_id: z.string().max(100).nullable(),
  approved_by: z.string().max(100).nullable(),
  device_id: z.string().max(100).nullable(),
  origin: z.string().max(20),
  business_day: BusinessDay,
  occurred_at: EpochMs,
  recorded_at: EpochMs,
  hash: Digest,
  parts: z.array(BatchPart).max(10_000),
});
export type BatchEntry = z.output<typeof BatchEntry>;

/** A stretch of the store's history that no restore interrupts. A restored store names the entry it goes on from. */
export const BatchEpoch = z.object({
  id: Id,
  parent_epoch: Id.nullable(),
  parent_seq: Seq.nullable(),
  parent_hash: Digest.nullable(),
  reason: z.string().max(200),
  started_at: EpochMs,
});
export type BatchEpoch = z.output<typeof BatchEpoch>;

/** Entries of one epoch, contiguous from `from_seq`; `from_hash` is the hash of the entry before, zeros before the first. */
export const Batch = z.object({
  format: z.literal(1),
  store_id: Id,
  epoch: BatchEpoch,
  from_seq: Seq.min(1),
  from_hash: Digest,
  entries: z.array(BatchEntry).min(1).max(relayLimits.batchEntries),
});
export type Batch = z.output<typeof Batch>;

/** The relay's head after its commit, in the epoch of the batch. */
export const BatchTaken = z.object({ acked_seq: Seq, acked_hash: Digest });
export type BatchTaken = z.output<typeof BatchTaken>;

/** Details of 409 BATCH_GAP. */
export const GapDetails = z.object({ expected_seq: Seq.min(1) });
/** Details of 409 CHAIN_FORKED: where the histories part, and the hash that the relay holds there. */
export const ForkDetails = z.object({ seq: Seq, hash: Digest });
/** Details of 401 CLOCK_APART: the relay's clock, epoch ms. */
export const ClockDetails = z.object({ now: EpochMs });

const Count = z.int().min(0);
/** Epoch ms that a calendar has a date for. */
const Moment = z.int().min(0).max(8_640_000_000_000_000);

/**
 * How the store itself is, apart from what it sells. A member that an older store does not know is absent and is shown
 * as not told; one that this relay does not know yet is kept.
 */
export const StoreHealth = z.looseObject({
  version: z.string().max(40).optional(),
  /** Whose clock the restaurant goes by: Europe/London. */
  time_zone: z.string().max(60).optional(),
  /** True while the disk is full or broken: orders can be read and not taken. */
  read_only: z.boolean().optional(),
  /** Devices that are registered, and those of them that have a live line at this moment. */
  devices: z.object({ connected: Count, registered: Count }).optional(),
  /** Printers that are set up. */
  printers: Count.optional(),
  backup: z
    .object({
      /** The newest snapshot; null when there is none. */
      made_at: Moment.nullable(),
      /** Since when something has happened that no snapshot holds; null while all of it is in one. */
      waiting_since: Moment.nullable(),
      /** Why the last one failed, as a sentence; null when it did not. */
      problem: z.string().max(300).nullable(),
    })
    .optional(),
  /** Bytes that may still be written where the data lie; null when nobody can tell. */
  disk_free_bytes: Count.nullable().optional(),
});
export type StoreHealth = z.output<typeof StoreHealth>;

/** The store at this moment, so that the owner is not behind while the detail follows in order. Money in minor units. */
export const LiveSummary = z.object({
  /** What the restaurant is called now; without it the name of its joining stays. */
  name: z.string().min(1).max(100).optional(),
  business_day: CalendarDay,
  at: EpochMs,
  currency: z.string().length(3),
  /** Totals of the checks settled today, VAT and service in, tips out, before refunds. */
  sales_minor: Minor,
  refunds_minor: Minor,
  orders_settled: z.int().min(0),
  covers: z.int().min(0),
  orders_open: z.int().min(0),
  /** What is still due on open checks. */
  open_minor: Minor,
  /** Printers whose next slip has been waiting for more than ten seconds. */
  printers_waiting: z.int().min(0),
  health: StoreHealth.optional(),
  epoch: Id,
  head_seq: Seq,
  head_hash: Digest,
});
export type LiveSummary = z.output<typeof LiveSummary>;

/** What became of a downward command. `refused` carries the problem's code and sentence. */
export const RelayVerdict = z.object({
  command_id: Id,
  outcome: z.enum(['applied', 'duplicate', 'refused']),
  problem: z.object({ code: z.string().max(60), message: z.string().max(300) }).optional(),
});
export type RelayVerdict = z.output<typeof RelayVerdict>;

/** A command from the platform. Its numbers `n` count from 1 in each store; gaps are commands that were taken back. */
export const RelayCommand = z.object({
  command_id: Id,
  n: z.int().min(1),
  command: z.string().max(100),
  input: z.record(z.string(), z.unknown()),
  /** The version that whoever gave the command saw; another one in the store is refused as VERSION_CONFLICT. */
  base_version: Seq.optional(),
  /** Epoch ms after which the store refuses it. */
  not_after: EpochMs,
  issued_by: z.string().max(100),
  /** The relay key's signature over `commandText`. */
  signature: Signature,
});
export type RelayCommand = z.output<typeof RelayCommand>;

export const Exchange = z.object({
  live: LiveSummary.loose(),
  verdicts: z.array(RelayVerdict).max(relayLimits.verdictsAtOnce),
});
export type Exchange = z.output<typeof Exchange>;

export const Exchanged = z.object({
  /** The relay's head, in its newest epoch of this store. */
  acked_seq: Seq,
  acked_hash: Digest,
  /** The oldest unanswered commands in order of `n`; each comes again until its verdict has been acknowledged. */
  commands: z.array(RelayCommand).max(relayLimits.commandsAtOnce),
  /** Commands whose verdicts of this request are stored: the store may stop sending them. */
  acknowledged: z.array(Id).max(relayLimits.verdictsAtOnce),
  /** When the relay would like to hear the store again if nothing happens; news may come sooner. */
  next_in_ms: z.int().min(100).max(relayLimits.slowestExchangeMs),
});
export type Exchanged = z.output<typeof Exchanged>;
