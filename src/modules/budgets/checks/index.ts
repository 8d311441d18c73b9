/** Importing this file declares the checks; they run every night, after tests and on `verify`. */
export { commitmentWithinReservation } from './commitment-within-reservation.check.js';
export { entriesFormAChain } from './entries-form-a-chain.check.js';
export { ledgerSumsToZero } from './ledger-sums-to-zero.check.js';
export { lineAddsUp } from './line-adds-up.check.js';
export { milestoneNeverOverpaid } from './milestone-never-overpaid.check.js';
export { payerIsNotAcceptor } from './payer-is-not-acceptor.check.js';
export { paymentMatchesLedger } from './payment-matches-ledger.check.js';
export { pendingMatchesInPayment } from './pending-matches-in-payment.check.js';
export { reversalMirrors } from './reversal-mirrors.check.js';
export { transferBalances } from './transfer-balances.check.js';
