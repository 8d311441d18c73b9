// breaks: product-through-front-door
import '../modules/identity/domain/account.js';
