// breaks: every-room-has-its-place
import '../terms/set-terms.js';
