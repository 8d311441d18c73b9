// breaks: declarations-need-the-kernel-alone
import './set-terms.js';
