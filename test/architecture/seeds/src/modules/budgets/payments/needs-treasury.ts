// breaks: budgets-payments-uses-only-rooms-below
import '../treasury/treasury.js';
