// breaks: contracts-delivery-uses-only-rooms-below
import '../payment/request-payment.js';
