// breaks: budgets-treasury-uses-only-rooms-below
import '../settlement/settle-payment.js';
