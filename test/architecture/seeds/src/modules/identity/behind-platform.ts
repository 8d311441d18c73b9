// breaks: platform-through-front-door
import '../../platform/database/unit-of-work.js';
