// breaks: product-through-front-door
import '../modules/identity/accounts/account.js';
