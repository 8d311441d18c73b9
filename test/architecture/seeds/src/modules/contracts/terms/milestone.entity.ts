// breaks: entities-know-no-framework
import '#platform';
