// breaks: contracts-signing-uses-only-rooms-below
import '../payment/request-payment.js';
