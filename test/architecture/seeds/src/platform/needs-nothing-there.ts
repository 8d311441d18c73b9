// breaks: no-unresolvable
import './not-there.js';
