// breaks: modules-through-front-door
import '../identity/domain/account.js';
