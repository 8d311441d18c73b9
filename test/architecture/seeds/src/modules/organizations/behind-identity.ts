// breaks: modules-through-front-door
import '../identity/accounts/account.js';
