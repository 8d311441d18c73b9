// breaks: budgets-lines-uses-only-rooms-below
import '../payments/request-payment.js';
