// breaks: budgets-commitments-uses-only-rooms-below
import '../payments/request-payment.js';
