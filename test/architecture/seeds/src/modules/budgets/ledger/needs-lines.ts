// breaks: budgets-ledger-uses-only-rooms-below
import '../lines/appropriate-line.js';
