// breaks: no-cycle
import './two.js';
