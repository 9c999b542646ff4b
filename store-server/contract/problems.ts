/**
 * Every refusal the store server can give, in one catalogue. Codes are stable; sentences may change.
 * `final` says whether asking again with the same key could ever end differently: only final refusals are kept
 * as the answer to a repeated request.
 */
export interface ProblemText {
  readonly status: number;
  readonly final: boolean;
  readonly message: string;
  readonly suggestion: string;
}

export const problems = {
  INVALID_JSON: {
    status: 400,
    final: false,
    message: 'The request is not readable as JSON.',
    suggestion: 'Check the body for a missing bracket or quotation mark and send it again.',
  },
  BAD_REQUEST: {
    status: 400,
    final: false,
    message: 'The request is not readable as HTTP.',
    suggestion: 'Check the address and the headers and send it again.',
  },
  INVALID_IDEMPOTENCY_KEY: {
    status: 400,
    final: false,
    message: 'The Idempotency-Key has to be 1 to 200 visible characters.',
    suggestion: 'Use a UUID made when the person tapped the button.',
  },
  AUTHENTICATION_ERROR: {
    status: 401,
    final: false,
    message: 'Please sign in first.',
    suggestion: 'Sign in and try again.',
  },
  INVALID_CREDENTIALS: {
    status: 401,
    final: false,
    message: 'That sign-in is not right.',
    suggestion: 'Check the name and the password or PIN and try again.',
  },
  TOKEN_EXPIRED: {
    status: 401,
    final: false,
    message: 'Your sign-in has run out.',
    suggestion: 'Sign in again.',
  },
  TOKEN_INVALID: {
    status: 401,
    final: false,
    message: 'This sign-in is not valid here.',
    suggestion: 'Sign in again on this restaurant’s server.',
  },
  DEVICE_NOT_REGISTERED: {
    status: 401,
    final: false,
    message: 'This device is not registered with the restaurant.',
    suggestion: 'Ask a manager for a device code and register it.',
  },
  SETUP_CODE_WRONG: {
    status: 401,
    final: false,
    message: 'That set-up code is not right or has been used.',
    suggestion: 'It stands in the terminal where Fynlo was started, or in its log. Each start makes a new one.',
  },
  DEVICE_CODE_WRONG: {
    status: 401,
    final: false,
    message: 'That device code is not right, has been used or has run out.',
    suggestion: 'Ask a manager for a fresh code.',
  },
  TOKEN_KEY_MISMATCH: {
    status: 401,
    final: false,
    message: 'This token belongs to another key.',
    suggestion: 'Ask for a token with the key that signs the requests.',
  },
  PROOF_WRONG: {
    status: 401,
    final: false,
    message: 'The signature does not fit the request.',
    suggestion: 'Sign the canonical text with the key the store joined with.',
  },
  CLOCK_APART: {
    status: 401,
    final: false,
    message: 'The clocks of the store and the relay are too far apart.',
    suggestion: 'Set the store computer’s clock; until then the store goes by the relay’s time.',
  },
  FORBIDDEN: {
    status: 403,
    final: false,
    message: 'Your role does not allow this.',
    suggestion: 'Ask a manager to do it or to change your role.',
  },
  APPROVAL_NEEDED: {
    status: 403,
    final: false,
    message: 'A manager has to approve this.',
    suggestion: 'Ask a manager to enter their PIN.',
  },
  STORE_REVOKED: {
    status: 403,
    final: false,
    message: 'The platform has disconnected this store.',
    suggestion: 'Ask the platform owner for a new claim code and join again.',
  },
  TENANT_MISMATCH: {
    status: 403,
    final: false,
    message: 'This belongs to another store.',
    suggestion: 'Send only what this store has recorded.',
  },
  COMMAND_NOT_ALLOWED: {
    status: 403,
    final: true,
    message: 'The platform may not do this in a store.',
    suggestion: 'Do it in the restaurant itself.',
  },
  HOST_NOT_ALLOWED: {
    status: 403,
    final: false,
    message: 'This address is not one of the store server’s own.',
    suggestion: 'Open the store server by its address on the local network.',
  },
  NOT_FOUND: {
    status: 404,
    final: true,
    message: 'That could not be found here.',
    suggestion: 'Refresh the screen; it may have been removed.',
  },
  CLAIM_UNKNOWN: {
    status: 404,
    final: false,
    message: 'This claim code is not known.',
    suggestion: 'Check the code, or ask the platform owner for a new one.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    final: false,
    message: 'This address does not take that kind of request.',
    suggestion: 'Use one of the methods that are named under allow.',
  },
  ILLEGAL_TRANSITION: {
    status: 409,
    final: false,
    message: 'That is not possible in its present state.',
    suggestion: 'Refresh and choose one of the possible steps.',
  },
  TABLE_TAKEN: {
    status: 409,
    final: false,
    message: 'Somebody has already opened this table.',
    suggestion: 'Open the check that is on it, or choose another table.',
  },
  VERSION_CONFLICT: {
    status: 409,
    final: false,
    message: 'Somebody changed this at the same time.',
    suggestion: 'Refresh and make the change again.',
  },
  CONFLICT: {
    status: 409,
    final: false,
    message: 'This exists already.',
    suggestion: 'Use the existing one or choose another name.',
  },
  ORDER_ALREADY_PAID: {
    status: 409,
    final: false,
    message: 'This order is already paid.',
    suggestion: 'Look at its payments before taking money again.',
  },
  PAYMENT_REQUIRED: {
    status: 409,
    final: false,
    message: 'There is still something to pay on this order.',
    suggestion: 'Record the payment; the order then closes by itself.',
  },
  NO_OPEN_SESSION: {
    status: 409,
    final: false,
    message: 'No cash session is open.',
    suggestion: 'Open the session with its counted float first.',
  },
  SESSION_CLOSED: {
    status: 409,
    final: false,
    message: 'This cash session is already closed.',
    suggestion: 'Open a new session.',
  },
  OPEN_CHECKS: {
    status: 409,
    final: false,
    message: 'There are still open checks.',
    suggestion: 'Settle them, or close with carry_over to take them into the next session.',
  },
  ORDER_CLOSED: {
    status: 409,
    final: false,
    message: 'This order is already closed.',
    suggestion: 'Refund it from the receipts screen.',
  },
  LINE_SOLD_OUT: {
    status: 409,
    final: false,
    message: 'There is not enough of this left.',
    suggestion: 'Choose something else, or fewer.',
  },
  NO_STATION: {
    status: 409,
    final: false,
    message: 'No kitchen station is set for this dish.',
    suggestion: 'Ask a manager to choose its station in the menu, then send it again.',
  },
  NO_PRINTER: {
    status: 409,
    final: false,
    message: 'No receipt printer is set up.',
    suggestion: 'Ask a manager to choose a receipt printer under hardware.',
  },
  SHARE_PAID: {
    status: 409,
    final: false,
    message: 'This share is already paid.',
    suggestion: 'Choose a share that is still open.',
  },
  CLAIM_USED: {
    status: 409,
    final: false,
    message: 'This claim code has already been used.',
    suggestion: 'Ask the platform owner for a new one.',
  },
  BATCH_GAP: {
    status: 409,
    final: false,
    message: 'Entries are missing before this batch.',
    suggestion: 'Send again from the entry named in expected_seq.',
  },
  CHAIN_FORKED: {
    status: 409,
    final: false,
    message: 'The relay holds another entry under this number.',
    suggestion: 'Stop uploading. The store goes on trading; a manager has to decide which history stands.',
  },
  ANSWER_LOST: {
    status: 409,
    final: false,
    message: 'This was done already; what was answered then is lost since the store was restored.',
    suggestion: 'Refresh, and look at how it stands before doing it again.',
  },
  PRACTICE_UNAVAILABLE: {
    status: 409,
    final: false,
    message: 'Practice data cannot be opened from here.',
    suggestion: 'Start Fynlo with --demo to look around.',
  },
  PRACTICE_CANNOT_END: {
    status: 409,
    final: false,
    message: 'There is no practice here that could be ended.',
    suggestion: 'Practice data that were started with --demo end when Fynlo is stopped.',
  },
  BACKUP_DAMAGED: {
    status: 409,
    final: false,
    message: 'This backup is not as it was when it was made, so it is not used.',
    suggestion: 'Choose another one; this one’s disk may be failing.',
  },
  BACKUP_NEWER: {
    status: 409,
    final: false,
    message: 'This backup was made by a newer version of Fynlo, so it is not used.',
    suggestion: 'Install that version on this computer and try again.',
  },
  RESYNC_NEEDED: {
    status: 410,
    final: false,
    message: 'This device has been away too long to continue from where it was.',
    suggestion: 'Load everything again from the snapshot.',
  },
  COMMAND_TOO_LATE: {
    status: 410,
    final: true,
    message: 'This came after the time it was meant for.',
    suggestion: 'Give the command again with a later time.',
  },
  CLAIM_EXPIRED: {
    status: 410,
    final: false,
    message: 'This claim code has run out.',
    suggestion: 'Ask the platform owner for a new one.',
  },
  BATCH_TOO_BIG: {
    status: 413,
    final: false,
    message: 'The batch is too big.',
    suggestion: 'Send fewer entries at once.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    final: false,
    message: 'The request is too big.',
    suggestion: 'Send less at once.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    final: false,
    message: 'The body has to be JSON, uncompressed, with the content type application/json.',
    suggestion: 'Set the header Content-Type: application/json.',
  },
  VALIDATION_ERROR: {
    status: 422,
    final: true,
    message: 'Something in the request is not right.',
    suggestion: 'Correct the named field and send it again.',
  },
  UNKNOWN_FIELD: {
    status: 422,
    final: true,
    message: 'The request has a field that is not known here.',
    suggestion: 'Remove the named field.',
  },
  MODIFIER_REQUIRED: {
    status: 422,
    final: true,
    message: 'A choice is missing for this dish.',
    suggestion: 'Choose from the named group.',
  },
  AMOUNT_OVER_DUE: {
    status: 422,
    final: true,
    message: 'That is more than is due.',
    suggestion: 'Take at most the amount due; a tip has its own field.',
  },
  TENDERED_TOO_LITTLE: {
    status: 422,
    final: true,
    message: 'Less was handed over than is to be paid.',
    suggestion: 'Enter what the guest handed over, or a smaller amount.',
  },
  BATCH_BROKEN: {
    status: 422,
    final: false,
    message: 'The batch is damaged: its entries do not fit their hashes or its form is wrong.',
    suggestion: 'Send it again; if it stays, verify the journal of the store.',
  },
  BATCH_FROM_FUTURE: {
    status: 422,
    final: false,
    message: 'The batch was recorded in the future.',
    suggestion: 'Set the clock of the store computer.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    final: false,
    message: 'This key was already used for a different request.',
    suggestion: 'Use a new key for a new request.',
  },
  PIN_LOCKED: {
    status: 423,
    final: false,
    message: 'Too many wrong PINs on this device.',
    suggestion: 'Wait until the lock ends or ask a manager to unlock.',
  },
  RATE_LIMIT_EXCEEDED: {
    status: 429,
    final: false,
    message: 'Too many attempts in a short time.',
    suggestion: 'Wait a moment and try again.',
  },
  INTERNAL_ERROR: {
    status: 500,
    final: false,
    message: 'The server made a mistake. Nothing was changed.',
    suggestion: 'Try again; if it stays, give the error id to support.',
  },
  RELAY_UNREACHABLE: {
    status: 502,
    final: false,
    message: 'The relay does not answer.',
    suggestion: 'Check the address and the internet connection; the store goes on without it.',
  },
  BACKUP_FAILED: {
    status: 503,
    final: false,
    message: 'The backup could not be made, so nothing was changed.',
    suggestion: 'Look at the reason under backups, and make sure that the disk is there and has room.',
  },
  STORE_READ_ONLY: {
    status: 503,
    final: false,
    message: 'The store computer cannot save anything at the moment, so nothing was changed.',
    suggestion: 'Free some disk space on the store computer; it goes on by itself.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    final: false,
    message: 'The store server is stopping or busy. Nothing was changed.',
    suggestion: 'Try again in a moment.',
  },
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof problems;
