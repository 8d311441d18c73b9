import '../payments/request-payment.js';
import '../treasury/treasury.js';
